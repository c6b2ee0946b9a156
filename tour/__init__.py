"""A virtual exhibition: plain files in, a tour through places on a map out."""
