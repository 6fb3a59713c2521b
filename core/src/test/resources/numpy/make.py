# Made the files beside it: python make.py (NumPy, ml_dtypes). Values count upwards, so that a test knows each of them.
import ml_dtypes
import numpy as np

states = np.arange(2 * 3 * 4, dtype=np.float32).reshape(2, 3, 4)
beside = dict(
    states=states,
    reference=states[1].astype(np.float64),
    norm_weight=np.arange(4, dtype=np.float16),
    mask=np.array([True, True, False]),
    token_ids=np.array([7, 8, 9]),
    names=np.array(["a", "b"]),
    records=np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b\\'", "<f8", (2,))]),
)
np.savez("stored.npz", **beside)
np.savez_compressed("compressed.npz", **beside)
np.save("bfloat16.npy", states.astype(ml_dtypes.bfloat16))
np.save("fortran.npy", np.asfortranarray(states))
np.save("big-endian.npy", states.astype(">f4"))
np.save("objects.npy", np.array([[[None]]], dtype=object))
np.save("complex.npy", states.astype(np.complex64))
