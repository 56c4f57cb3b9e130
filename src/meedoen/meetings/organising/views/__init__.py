"""The pages for who organises: what there is, one meeting, its parts, and each step."""
