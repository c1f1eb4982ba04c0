"""What the readers of office documents share: lines, lists, names of styles, symbols."""
