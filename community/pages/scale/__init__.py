"""The load model: as many members, ideas, votes and posts as a retailer has, by bulk statements."""
