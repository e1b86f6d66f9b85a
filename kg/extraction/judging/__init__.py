"""The steps of the judge: from proposals to things, and what the paper does with them. Only ``kg.extraction.judge``
puts them in order."""
