"""The role network, which says what a cell is for: its layers, its training, its features. (imports torch)"""
