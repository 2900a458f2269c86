"""One cell to one value: how numbers are typed, shown and read exactly, or not at all."""
