"""Pictures with the question before them and the numbers behind them."""
