"""What a type checker must find three things wrong with."""

from hazmat.primitives import hashes
from hazmat.primitives.ciphers import Cipher, algorithms, modes

answer: int = hashes.Hash(hashes.SHA256()).finalize()
hashes.Hash("SHA256")
Cipher(algorithms.AES(b"key"), modes.CTR(16))
