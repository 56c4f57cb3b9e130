"""Pictures and documents that go along with what somebody wrote; what a picture shows is asked, and may be offered."""
