#!/usr/bin/python3
"""GStreamer's RTSP server on loopback: rtsp_server.py PORT /path=file.mp4 ...   RTSP_LOGIN=user:password asks for a login.

RTSP_TRANSPORT=tcp or udp refuses the other one.

Prints one line once it serves. Each client gets the file from its beginning; a client is told when the file ends.
"""
import os
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
login = os.environ.get("RTSP_LOGIN")
if login:
    user, password = login.split(":", 1)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(user, password, token)
    server.set_auth(auth)
for mount in sys.argv[2:]:
    path, file = mount.split("=", 1)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        f'( filesrc location="{file}" ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )'
    )
    transport = os.environ.get("RTSP_TRANSPORT")
    if transport:
        factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP if transport == "tcp" else GstRtsp.RTSPLowerTrans.UDP)
    if login:
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("viewer", "media.factory.access", True)
        permissions.add_permission_for_role("viewer", "media.factory.construct", True)
        factory.set_permissions(permissions)
    server.get_mount_points().add_factory(path, factory)
if not server.attach(None):
    sys.exit("cannot bind port " + sys.argv[1])
print("serving", flush=True)
GLib.MainLoop().run()
