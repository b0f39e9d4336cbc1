"""入口支援: the process by which suspects and defendants who are not going to prison reach support."""
