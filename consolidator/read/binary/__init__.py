"""Binary workbooks (.xls, .et, .xlsb), and a second opinion on them."""
