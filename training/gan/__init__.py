"""The DCGAN: its networks and losses, a step of training, the loop, and what a run keeps. (imports torch)"""
