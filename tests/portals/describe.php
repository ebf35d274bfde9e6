<?php
/** Prints the portal in the given folder as JSON: its addresses, its database's socket, accounts and sections. */
[, $folder, $socket] = $argv;
$names = ['url', 'url_with_companion', 'url_with_plain_links'];
$ports = explode(' ', trim(file_get_contents("$folder/ports")));
$addresses = array_combine($names, array_map(fn($port) => "http://127.0.0.1:$port/", $ports));
$made = json_decode(file_get_contents("$folder/made.json"), true);
echo json_encode($addresses + ['database' => $socket] + $made, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
