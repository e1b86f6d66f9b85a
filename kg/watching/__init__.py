"""Following a field over time: charts of trends, watches that remember what they told, and the shapes of their news."""
