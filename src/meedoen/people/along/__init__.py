"""Acting along: somebody helps another to take part; asked, confirmed, said on each page, logged and ended by either."""
