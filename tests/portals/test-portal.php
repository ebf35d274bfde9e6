<?php
/**
 * Loaded by the test portal as a must-use plugin. One WordPress answers on several ports; what a port is for, the
 * web server says: stock, with the companion plugin, or without pretty links.
 */
add_filter('pre_wp_mail', '__return_true');

if (!empty($_SERVER['PORTAL_COMPANION'])) {
    require WPMU_PLUGIN_DIR . '/khosra-companion/khosra-companion.php';
}

if (!empty($_SERVER['PORTAL_PLAIN_LINKS'])) {
    add_filter('pre_option_permalink_structure', '__return_empty_string');
}

// A site whose search is another plugin's and finds nothing.
if (isset($_SERVER['HTTP_X_TEST_NO_SEARCH'])) {
    add_filter('posts_search', fn($where, $query) => $query->is_search() ? ' AND 1 = 0 ' : $where, 10, 2);
}
