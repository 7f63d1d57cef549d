"""x"""
NAME="m"
SUFFIXES=()
def sniff(h): return False
