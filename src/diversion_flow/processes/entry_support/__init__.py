"""入口支援: from a suspect who will not go to prison to a settled life."""
