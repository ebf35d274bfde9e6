"""What Schemathesis has to be told to speak tus: its media type is a row of bytes."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def chunk(_ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
