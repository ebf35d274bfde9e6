<?php
/**
 * Sets a fresh WordPress up without a browser: what the installer's pages do, then accounts of every role with an
 * Application Password each, and categories nested three deep. Prints nothing; writes what was made as JSON.
 *
 * Arguments: the WordPress folder, its address, the database's socket, the file to write.
 */
[, $www, $url, $socket, $out] = $argv;

mysqli_connect('localhost', 'root', '', '', 0, $socket)
    ->query('CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');

$_SERVER['HTTP_HOST'] = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
$_SERVER += ['SERVER_NAME' => '127.0.0.1', 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
define('WP_INSTALLING', true);
require "$www/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

$options = [
    'timezone_string' => 'Asia/Dhaka',
    'gmt_offset' => '',
    'blog_public' => 0,
    'default_pingback_flag' => 0,
    'default_ping_status' => 'closed',
    'permalink_structure' => '/%year%/%monthnum%/%day%/%postname%/',
];
$people = [
    'admin' => ['administrator', 'মাহবুবা খাতুন'],
    'editor' => ['editor', 'শিরিন আক্তার'],
    'author' => ['author', 'কামাল উদ্দিন'],
    'contributor' => ['contributor', 'রেহানা পারভীন'],
    'neighbour' => ['contributor', 'জসিম মিয়া'],
    'reader' => ['subscriber', 'পাঠক'],
];
$sections = [
    ['জাতীয়', 'national', null],
    ['রাজনীতি', 'politics', 'national'],
    ['নির্বাচন', 'election', 'politics'],
    ['আন্তর্জাতিক', 'world', null],
    ['খেলা', 'sports', null],
    ['ক্রিকেট', 'cricket', 'sports'],
    ['অর্থ ও বাণিজ্য', 'business', null],
];

wp_install('পদ্মাপাড়ের খবর', 'admin', 'admin@example.test', false, '', wp_generate_password(20, false));
foreach ($options as $name => $value) {
    update_option($name, $value);
}

$users = [];
foreach ($people as $login => [$role, $name]) {
    $password = wp_generate_password(20, false);
    $known = get_user_by('login', $login);
    $id = $known ? $known->ID : wp_insert_user(['user_login' => $login, 'user_pass' => $password, 'role' => $role,
        'user_email' => "$login@example.test", 'display_name' => $name]);
    // For who was there already, and for what a browser signs in with.
    wp_set_password($password, $id);
    [$application] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'Khosra']);
    $users[$login] = ['id' => $id, 'role' => $role,
        'login_password' => $password, 'password' => WP_Application_Passwords::chunk_password($application)];
}

$ids = [];
foreach ($sections as [$name, $slug, $parent]) {
    $term = wp_insert_term($name, 'category', ['slug' => $slug, 'parent' => $parent ? $ids[$parent] : 0]);
    $ids[$slug] = $term['term_id'];
}

// Rules made while installing are incomplete; the first visit makes them anew.
delete_option('rewrite_rules');

$made = ['version' => $GLOBALS['wp_version'], 'users' => $users, 'sections' => $ids];
file_put_contents($out, json_encode($made, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE));
