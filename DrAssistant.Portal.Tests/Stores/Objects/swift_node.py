"""A whole S3 server for tests in one process: OpenStack Swift with its S3 API, from Debian's package python3-swift.

usage: swift_node.py FOLDER PORT KEY SECRET REGION

FOLDER is made by the caller and belongs to whoever runs this; it must be on a file system with extended attributes.
Everything is kept in FOLDER/disk, so that a server which is started again there has what the last one had.
The servers behind the S3 API listen on free ports of 127.0.0.1 and know no passwords: for a machine that tests only.
"""
import contextvars
import json
import logging
import os
import random
import socket
import sys

sys.path[:] = [path for path in sys.path if not path.startswith('/usr/local')]  # Debian's modules

from swift.common import utils  # noqa: E402

utils.eventlet_monkey_patch()

import eventlet  # noqa: E402
from eventlet import wsgi  # noqa: E402

FOLDER, PORT, KEY, SECRET, REGION = sys.argv[1:6]
BEHIND = ('account', 'container', 'object')
FILTERS = {
    'catch_errors': '', 'gatekeeper': '', 'listing_formats': '', 'bulk': '',
    's3api': 'location = %s\nauth_pipeline_check = false\n' % REGION,
    'one_key': None, 'copy': '', 'slo': '', 'dlo': '', 'versioned_writes': '',
}


def write(name, text):
    with open(os.path.join(FOLDER, name), 'w', encoding='utf-8') as file:
        file.write(text)


def listening():
    """One socket a server: the S3 port as it was asked for, the others wherever there is room."""
    made = {}
    for name in BEHIND + ('proxy',):
        made[name] = eventlet.listen(('127.0.0.1', int(PORT) if name == 'proxy' else 0), backlog=256)
    return made


def configure(ports):
    os.makedirs(os.path.join(FOLDER, 'disk', 'd1'), exist_ok=True)
    os.makedirs(os.path.join(FOLDER, 'cache'), exist_ok=True)
    write('swift.conf', '[swift-hash]\nswift_hash_path_prefix = tests\nswift_hash_path_suffix = tests\n'
                        '[storage-policy:0]\nname = one\ndefault = yes\n')
    from swift.common.ring import RingBuilder
    random.seed(0)
    for name in BEHIND:
        ring = RingBuilder(4, 1, 0)
        ring.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': ports[name], 'device': 'd1', 'weight': 1.0, 'meta': '',
                      'replication_ip': '127.0.0.1', 'replication_port': ports[name]})
        ring.rebalance()
        ring.get_ring().save(os.path.join(FOLDER, name + '.ring.gz'))
        write(name + '.conf', base(ports[name]) + '[pipeline:main]\npipeline = %s-server\n[app:%s-server]\nuse = egg:swift#%s\n' % (name, name, name))
    sections = ''.join('[filter:%s]\n%s\n' % (
        name, 'paste.filter_factory = tests_swift_node:one_key' if options is None else 'use = egg:swift#%s\n%s' % (name, options))
        for name, options in FILTERS.items())
    write('proxy.conf', base(ports['proxy']) + '[pipeline:main]\npipeline = %s proxy-server\n[app:proxy-server]\nuse = egg:swift#proxy\n'
          'account_autocreate = true\nconn_timeout = 10\nnode_timeout = 60\nrecoverable_node_timeout = 60\nerror_suppression_limit = 1000000\n%s'
          % (' '.join(FILTERS), sections))


def base(port):
    return ('[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = %d\nworkers = 0\nswift_dir = %s\ndevices = %s\nmount_check = false\n'
            'disable_fallocate = true\nfallocate_reserve = 0\nrecon_cache_path = %s\nconn_timeout = 10\nnode_timeout = 60\n'
            'container_update_timeout = 60\nlog_level = WARNING\n'
            % (port, FOLDER, os.path.join(FOLDER, 'disk'), os.path.join(FOLDER, 'cache')))


def one_key(_global_conf, **_local_conf):
    """Who may come in: the one key of this server, and only by a signed S3 request."""
    from swift.common.middleware.tempauth import TempAuth

    class NoTokens:
        @staticmethod
        def get(_key):
            return None

    class OneKey(TempAuth):
        def get_groups(self, env, token):
            if 's3api.auth_details' not in env:
                return None
            env['swift.cache'] = NoTokens
            try:
                return super().get_groups(env, token)
            finally:
                del env['swift.cache']

    def make(app):
        auth = OneKey(app, {})
        auth.users = {KEY: {'key': SECRET, 'url': '$HOST/v1/AUTH_tests', 'groups': ['.admin']}}
        return auth
    return make


def quiet_logs():
    """To a file in place of the system's log; and what a log line says of its request is kept for each greenlet."""
    handler = logging.FileHandler(os.path.join(FOLDER, 'swift.log'))
    utils.ThreadSafeSysLogHandler = lambda *_args, **_kwargs: handler
    for name in ('txn_id', 'client_ip'):
        kept = contextvars.ContextVar(name, default=None)
        setattr(utils.LogAdapter, name, property(lambda _self, kept=kept: kept.get(), lambda _self, value, kept=kept: kept.set(value)))


def main():
    sys.modules['tests_swift_node'] = sys.modules['__main__']  # for paste.filter_factory
    sockets = listening()
    configure({name: bound.getsockname()[1] for name, bound in sockets.items()})
    quiet_logs()
    utils.set_swift_dir(FOLDER)
    utils.validate_configuration()
    from swift.common.storage_policy import reload_storage_policies
    reload_storage_policies()
    from swift.common.wsgi import SwiftHttpProtocol, loadapp
    from swift.common.utils import NullLogger
    serving = []
    for name in BEHIND + ('proxy',):
        app = loadapp(os.path.join(FOLDER, name + '.conf'), global_conf={'log_name': name})
        serving.append(eventlet.spawn(wsgi.server, sockets[name], app, NullLogger(), protocol=SwiftHttpProtocol, custom_pool=eventlet.GreenPool(512)))
    print('listening', flush=True)
    for server in serving:
        server.wait()


if __name__ == '__main__':
    main()
