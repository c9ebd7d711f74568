"""What is wrong with a list and its data, and how well its rows were resolved."""
