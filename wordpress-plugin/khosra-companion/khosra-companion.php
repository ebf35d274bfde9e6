<?php
/**
 * Plugin Name:       Khosra Companion
 * Description:       Lets the newsroom editor Khosra create every story and photo exactly once, and never overwrite what somebody else changed.
 * Version:           1.0.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT
 *
 * Four things, all of them on the REST API and for signed-in people only:
 *
 * - the namespace khosra/v1, by which Khosra finds out that the plugin is there;
 * - khosra/v1/stories/KEY: the posts that carry a story's key, whatever another plugin has made of the site's search;
 * - `Idempotency-Key` on POST wp/v2/posts and wp/v2/media: the same person and key create once. The second call
 *   answers with what the first one made and `Idempotency-Replayed: true`;
 * - `ETag` on single posts, and `If-Match` on changing one: 412 when the post is no longer the one that was read.
 */

namespace Khosra\Companion;

use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

defined('ABSPATH') || exit;

const VERSION = '1.0.0';

/** Seconds after which a creation that never ended counts as dead; longer than any PHP process lives. */
const DEAD_AFTER = 900;

/** Seconds that a change waits for another one of the same post. */
const PATIENCE = 10;

/** Keys that this very request holds, by the request's object id. */
$GLOBALS['khosra_claims'] = [];

function table(): string
{
    global $wpdb;
    return $wpdb->prefix . 'khosra_keys';
}

/** Must-use plugins are never activated, so the table is looked after here. */
function set_up(): void
{
    global $wpdb;
    if (get_option('khosra_companion') === VERSION) {
        return;
    }
    $table = table();
    $wpdb->query("CREATE TABLE IF NOT EXISTS $table (
        id char(64) CHARACTER SET ascii NOT NULL PRIMARY KEY,
        post bigint unsigned NOT NULL DEFAULT 0,
        claimed bigint unsigned NOT NULL
    )");
    update_option('khosra_companion', VERSION);
}

function tear_down(): void
{
    global $wpdb;
    $wpdb->query('DROP TABLE IF EXISTS ' . table());
    delete_option('khosra_companion');
}

function routes(): void
{
    register_rest_route('khosra/v1', '/about', [
        'methods' => 'GET',
        'permission_callback' => fn() => current_user_can('edit_posts'),
        'callback' => fn() => [
            'companion' => VERSION,
            'wordpress' => get_bloginfo('version'),
            'photo_bytes' => wp_max_upload_size(),
        ],
    ]);
    register_rest_route('khosra/v1', '/stories/(?P<key>khosra-[0-9a-f-]{36})', [
        'methods' => 'GET',
        'permission_callback' => fn() => current_user_can('edit_posts'),
        'callback' => __NAMESPACE__ . '\stories',
    ]);
}

/** Posts with the key in their text that this person may read, oldest first. */
function stories(WP_REST_Request $request): array
{
    global $wpdb;
    $ids = $wpdb->get_col($wpdb->prepare(
        "SELECT ID FROM $wpdb->posts WHERE post_type = 'post' AND post_content LIKE %s
         AND post_status IN ('publish', 'future', 'draft', 'pending', 'private', 'trash') ORDER BY ID LIMIT 100",
        '%' . $wpdb->esc_like($request['key']) . '%'
    ));
    $readable = array_filter(array_map('intval', $ids), fn($id) => current_user_can('read_post', $id));
    return array_map(fn($id) => ['id' => $id], array_values($readable));
}

/* ---------------------------------------------------------------- one creation for one key */

/** The key's row, or null when the request creates nothing that we look after. */
function row_of(WP_REST_Request $request): ?string
{
    $key = (string) $request->get_header('Idempotency-Key');
    $creates = $request->get_method() === 'POST' && in_array($request->get_route(), ['/wp/v2/posts', '/wp/v2/media'], true);
    if ($key === '' || !$creates || !is_user_logged_in()) {
        return null;
    }
    return hash('sha256', get_current_user_id() . "\n" . $request->get_route() . "\n" . $key);
}

/** Lets one of all requests with a key through. What decides is the primary key, so it holds between processes. */
function claim($result, $server, WP_REST_Request $request)
{
    global $wpdb;
    $row = $result === null ? row_of($request) : null;
    if ($row === null) {
        return $result;
    }
    set_up();
    $table = table();
    $now = time();
    $won = $wpdb->query($wpdb->prepare("INSERT IGNORE INTO $table (id, claimed) VALUES (%s, %d)", $row, $now));
    if (!$won) {
        $held = $wpdb->get_row($wpdb->prepare("SELECT post, claimed FROM $table WHERE id = %s", $row));
        if ($held && $held->post && get_post((int) $held->post)) {
            return replay((int) $held->post, $request);
        }
        $dead = $held && ($held->post || $held->claimed < $now - DEAD_AFTER);
        // Deleted for good, or left behind by a crash: again one of all may go on.
        $won = $dead && $wpdb->query($wpdb->prepare(
            "UPDATE $table SET post = 0, claimed = %d WHERE id = %s AND post = %d AND claimed = %d",
            $now, $row, $held->post, $held->claimed
        ));
    }
    if (!$won) {
        return new WP_Error('khosra_still_running', 'The same key is being worked on.', ['status' => 409]);
    }
    $GLOBALS['khosra_claims'][spl_object_id($request)] = $row;
    return $result;
}

function replay(int $post, WP_REST_Request $request): WP_REST_Response
{
    $again = new WP_REST_Request('GET', $request->get_route() . '/' . $post);
    $again->set_param('context', 'edit');
    $response = rest_do_request($again);
    $response->header('Idempotency-Replayed', 'true');
    return $response;
}

/** As soon as the post exists, so that a crash later in the same request does not lose it. */
function remember($post, WP_REST_Request $request, bool $creating): void
{
    global $wpdb;
    $row = $GLOBALS['khosra_claims'][spl_object_id($request)] ?? null;
    if ($creating && $row !== null) {
        $wpdb->update(table(), ['post' => $post->ID], ['id' => $row]);
    }
}

/** A creation that was refused frees its key. */
function settle($response, $handler, WP_REST_Request $request)
{
    global $wpdb;
    $row = $GLOBALS['khosra_claims'][spl_object_id($request)] ?? null;
    unset($GLOBALS['khosra_claims'][spl_object_id($request)]);
    if ($row !== null && is_wp_error($response)) {
        $wpdb->delete(table(), ['id' => $row, 'post' => 0]);
    }
    return $response;
}

/* ---------------------------------------------------------------- nothing is overwritten */

function etag(int $id): string
{
    clean_post_cache($id);
    $post = get_post($id);
    $parts = [
        $post->post_status, $post->post_modified_gmt, $post->post_date_gmt, $post->post_title, $post->post_content,
        $post->post_excerpt, $post->post_name, $post->post_author, get_post_thumbnail_id($post),
        wp_get_object_terms($id, ['category', 'post_tag'], ['fields' => 'ids', 'orderby' => 'term_id']),
    ];
    return '"' . hash('sha256', wp_json_encode($parts)) . '"';
}

function post_of(WP_REST_Request $request): int
{
    $single = preg_match('#^/wp/v2/posts/(\d+)$#', $request->get_route(), $found);
    return $single && get_post_type((int) $found[1]) === 'post' ? (int) $found[1] : 0;
}

/** Holds the post's lock until the request ends, so that no two changes see the same state. */
function guard($result, $server, WP_REST_Request $request)
{
    global $wpdb;
    $wanted = (string) $request->get_header('If-Match');
    $id = $result === null && $wanted !== '' && $request->get_method() !== 'GET' ? post_of($request) : 0;
    if (!$id || !current_user_can('edit_post', $id)) {
        return $result;
    }
    if (!$wpdb->get_var($wpdb->prepare('SELECT GET_LOCK(%s, %d)', "khosra_$id", PATIENCE))) {
        return new WP_Error('khosra_still_running', 'The post is being changed.', ['status' => 409]);
    }
    // A web server that compresses the answer makes the tag a weak one.
    if ($wanted !== '*' && preg_replace('#^W/#', '', $wanted) !== etag($id)) {
        $wpdb->query($wpdb->prepare('SELECT RELEASE_LOCK(%s)', "khosra_$id"));
        return new WP_Error('khosra_changed', 'The post was changed meanwhile.', ['status' => 412]);
    }
    return $result;
}

/** Locks end with the connection; this gives them back as soon as the change is done. */
function release($response, $handler, WP_REST_Request $request)
{
    global $wpdb;
    $id = $request->get_header('If-Match') ? post_of($request) : 0;
    if ($id) {
        $wpdb->query($wpdb->prepare('SELECT RELEASE_LOCK(%s)', "khosra_$id"));
    }
    return $response;
}

function tag($response, $handler, WP_REST_Request $request)
{
    $id = $response instanceof WP_REST_Response && !$response->is_error() ? post_of($request) : 0;
    if ($id && current_user_can('edit_post', $id)) {
        $response->header('ETag', etag($id));
    }
    return $response;
}

add_action('rest_api_init', __NAMESPACE__ . '\routes');
add_filter('rest_pre_dispatch', __NAMESPACE__ . '\claim', 10, 3);
add_action('rest_insert_post', __NAMESPACE__ . '\remember', 10, 3);
add_action('rest_insert_attachment', __NAMESPACE__ . '\remember', 10, 3);
add_filter('rest_request_after_callbacks', __NAMESPACE__ . '\settle', 10, 3);
add_filter('rest_pre_dispatch', __NAMESPACE__ . '\guard', 10, 3);
add_filter('rest_request_after_callbacks', __NAMESPACE__ . '\tag', 20, 3);
add_filter('rest_request_after_callbacks', __NAMESPACE__ . '\release', 30, 3);
register_activation_hook(__FILE__, fn() => register_uninstall_hook(__FILE__, __NAMESPACE__ . '\tear_down'));
