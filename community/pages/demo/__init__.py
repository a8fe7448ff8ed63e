"""The demo story: Northline, a fictional retailer, told through the product's own verbs."""
