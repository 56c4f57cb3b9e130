"""Where mail comes in: a mail server's delivery (LMTP), a mailbox (IMAP), and on a laptop SMTP and a folder."""
