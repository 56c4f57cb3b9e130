"""The pages of agendas: the list, one of them, two side by side, keeping one right, and what goes out as data."""
