"""What happened, who follows it, and the notices that tell them; quiet unless somebody asked."""
