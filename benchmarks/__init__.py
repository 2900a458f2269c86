"""What speed and memory this tool has, beside what others would write (`python -m benchmarks`); see README.md."""
