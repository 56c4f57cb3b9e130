"""Nothing lost: backups, putting them back, and seeing each night that it works."""
