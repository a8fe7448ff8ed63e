"""The demo story: Northline, a fictional electronics retailer, told through the product's own verbs."""
