"""The shop's book of prices: published curves, a trained model of the market and own sales."""
