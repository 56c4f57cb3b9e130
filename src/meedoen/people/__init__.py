"""Who takes part: e-mail addresses, the people behind them, and what they do before they have confirmed it."""
