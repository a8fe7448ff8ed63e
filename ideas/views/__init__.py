"""The pages of the idea exchange."""
