"""The pages of the desk: what waits, writing, looking together, versions, publishing and taking down."""
