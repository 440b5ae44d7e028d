"""What a network's dreams are worth, in numbers and pictures, and how new they are. (imports torch)"""
