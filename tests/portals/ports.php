<?php
/** Writes three free ports to the file, the same as last time if they still are free. */
$file = $argv[1];
$ports = is_file($file) ? explode(' ', trim(file_get_contents($file))) : [0, 0, 0];
$open = [];
foreach ($ports as &$port) {
    $socket = @stream_socket_server("tcp://127.0.0.1:$port") ?: stream_socket_server('tcp://127.0.0.1:0');
    $open[] = $socket;
    $port = explode(':', stream_socket_get_name($socket, false))[1];
}
file_put_contents($file, implode(' ', $ports) . "\n");
