"""What an article is: values, offsets, places. No input or output, no Qt."""
