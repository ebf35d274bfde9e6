#!/usr/bin/env bash
# start-wordpress.sh FOLDER [PID]: a private, throw-away WordPress on loopback from Debian's packages (nginx, PHP,
# MariaDB on a socket), with all its data below FOLDER. Prints what it is as JSON. Running already: prints the same;
# stopped: starts on the kept data; made by other scripts than these: made anew.
#
# With a PID everything stops by itself when that process (and every other that was named so) has ended.
# WORDPRESS_SOURCE names another unpacked WordPress than Debian's.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "$0")/lib.sh"

[ $# -ge 1 ] || fail "which folder?"
DATA=$(realpath -m "$1")
SOURCE=${WORDPRESS_SOURCE:-/usr/share/wordpress}
COMPANION=$(realpath "$PORTALS/../../wordpress-plugin/khosra-companion")
mkdir -p "$(dirname "$DATA")"
exec 9>"$DATA.lock"
flock 9

made_by() {
  find "$COMPANION" "$PORTALS"/{start-wordpress.sh,bootstrap.php,test-portal.php} "$SOURCE/wp-includes/version.php" \
    -type f -exec sha256sum {} + | cut -d ' ' -f 1 | sha256sum
}

leave_name() {
  [ -n "${1:-}" ] || return 0
  : >"$DATA/run/for/$1"
  if ! alive "$DATA/run/keep.pid" keep-wordpress; then
    setsid "$PORTALS/keep-wordpress.sh" "$DATA" </dev/null >/dev/null 2>&1 9>&- &
    echo $! >"$DATA/run/keep.pid"
  fi
}

running() {
  alive "$DATA/run/mariadb.pid" mariadbd && alive "$DATA/run/fpm.pid" php-fpm && alive "$DATA/run/nginx.pid" nginx
}

if ! running; then "$PORTALS/install.sh" 9>&- >&2; fi
if [ -d "$DATA" ] && [ "$(cat "$DATA/made-by" 2>/dev/null)" != "$(made_by)" ]; then
  : >>"$DATA/made-by"
  remove_portal "$DATA"
fi
mkdir -p "$DATA"/{run/for,log,tmp,nginx}
made_by >"$DATA/made-by"

# Never root when it can be avoided.
WHO=$(id -un)
AS=()
if [ "$WHO" = root ] && runuser -u www-data -- test -x "$DATA"; then
  WHO=www-data
  AS=(runuser -u www-data --)
fi
ours() { if [ "$WHO" = www-data ]; then chown -R www-data: "$@"; fi; }

# Socket paths stop at 107 bytes.
SOCKETS=$DATA/run
if ((${#SOCKETS} > 85)); then
  if [ ! -s "$DATA/sockets" ]; then mktemp -d -t khosra-portal.XXXXXX >"$DATA/sockets"; fi
  SOCKETS=$(<"$DATA/sockets")
  mkdir -p "$SOCKETS"
  ours "$SOCKETS"
fi

start_database() {
  ours "$DATA"/{run,log,tmp,nginx}
  if [ ! -d "$DATA/db/mysql" ]; then
    mkdir -p "$DATA/db"
    ours "$DATA/db"
    "${AS[@]}" mariadb-install-db --no-defaults --datadir="$DATA/db" --auth-root-authentication-method=normal \
      --skip-test-db --user="$WHO" >"$DATA/log/install-db.log" 2>&1 9>&- || fail "see $DATA/log/install-db.log"
  fi
  if alive "$DATA/run/mariadb.pid" mariadbd; then return; fi
  setsid "${AS[@]}" mariadbd --no-defaults --user="$WHO" --datadir="$DATA/db" --socket="$SOCKETS/mysql.sock" \
    --pid-file="$DATA/run/mariadb.pid" --skip-networking --tmpdir="$DATA/tmp" --innodb-buffer-pool-size=64M \
    --innodb-log-file-size=16M --innodb-flush-log-at-trx-commit=2 --performance-schema=OFF \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --log-error="$DATA/log/mariadb.log" \
    </dev/null >/dev/null 2>&1 9>&- &
  wait_for 30 php -d "mysqli.default_socket=$SOCKETS/mysql.sock" \
    -r 'exit(@mysqli_connect("localhost", "root", "") ? 0 : 1);' || fail "see $DATA/log/mariadb.log"
}

copy_wordpress() {
  # Debian's tree is links into other packages, with a configuration of its own.
  if [ ! -e "$DATA/www/wp-load.php" ]; then
    rm -rf "$DATA/www.new"
    cp -RL "$SOURCE/." "$DATA/www.new" 2>/dev/null || true
    rm -f "$DATA/www.new/wp-config.php"
    mv "$DATA/www.new" "$DATA/www"
  fi
  mkdir -p "$DATA/www/wp-content"/{uploads,mu-plugins}
  cp "$PORTALS/test-portal.php" "$DATA/www/wp-content/mu-plugins/"
  rm -rf "$DATA/www/wp-content/mu-plugins/khosra-companion"
  cp -R "$COMPANION" "$DATA/www/wp-content/mu-plugins/"
}

write_configuration() {
  local salt
  salt=$(head -c 24 /dev/urandom | base64)
  [ -s "$DATA/www/wp-config.php" ] || cat >"$DATA/www/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$SOCKETS/mysql.sock');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as \$name) {
    define(\$name . '_KEY', hash('sha256', \$name . 'key$salt'));
    define(\$name . '_SALT', hash('sha256', \$name . 'salt$salt'));
}
\$table_prefix = 'wp_';
define('WP_HOME', 'http://' . \$_SERVER['HTTP_HOST']);
define('WP_SITEURL', WP_HOME);
define('WP_ENVIRONMENT_TYPE', 'local'); // Application Passwords over plain http
define('WP_HTTP_BLOCK_EXTERNAL', true); // or every visit waits for wordpress.org
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);
define('DISABLE_WP_CRON', true); // the tests visit wp-cron.php themselves
define('FS_METHOD', 'direct');
require_once ABSPATH . 'wp-settings.php';
PHP
  cat >"$DATA/run/php.ini" <<INI
upload_max_filesize = 8M
post_max_size = 12M
memory_limit = 256M
error_log = $DATA/log/php.log
log_errors = On
display_errors = Off
opcache.enable = 1
upload_tmp_dir = $DATA/tmp
sys_temp_dir = $DATA/tmp
mysqli.default_socket = $SOCKETS/mysql.sock
INI
  cat >"$DATA/run/fpm.conf" <<FPM
[global]
pid = $DATA/run/fpm.pid
error_log = $DATA/log/fpm.log
[www]
listen = $SOCKETS/fpm.sock
pm = static
pm.max_children = 6
FPM
  if [ "$WHO" = root ]; then printf 'user = root\ngroup = root\n' >>"$DATA/run/fpm.conf"; fi
  # Debian's file ends with an HTTP_HOST without the port, which sends WordPress in circles.
  grep -v HTTP_HOST /etc/nginx/fastcgi_params >"$DATA/run/fastcgi_params"
  write_nginx
}

write_nginx() {
  local ports stock companion plain user=""
  read -r stock companion plain <"$DATA/ports"
  if [ "$WHO" = root ]; then user="user root;"; fi
  {
    cat <<NGINX
$user
worker_processes 1;
pid $DATA/run/nginx.pid;
error_log $DATA/log/nginx-error.log;
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types;
  access_log $DATA/log/nginx-access.log;
  client_max_body_size 16m;
  client_body_temp_path $DATA/nginx/body;
  fastcgi_temp_path $DATA/nginx/fastcgi;
  proxy_temp_path $DATA/nginx/proxy;
  uwsgi_temp_path $DATA/nginx/uwsgi;
  scgi_temp_path $DATA/nginx/scgi;
NGINX
    for ports in "$stock " "$companion PORTAL_COMPANION" "$plain PORTAL_PLAIN_LINKS"; do
      cat <<NGINX
  server {
    listen 127.0.0.1:${ports%% *};
    root $DATA/www;
    index index.php;
    location / { try_files \$uri \$uri/ /index.php?\$args; }
    location ~ \.php$ {
      try_files \$uri =404;
      include $DATA/run/fastcgi_params;
      ${ports#* }
      fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
      fastcgi_pass unix:$SOCKETS/fpm.sock;
    }
  }
NGINX
    done
    echo "}"
  } | sed -E 's/^( *)(PORTAL_[A-Z_]+)$/\1fastcgi_param \2 1;/' >"$DATA/run/nginx.conf"
}

install_wordpress() {
  if [ -s "$DATA/made.json" ]; then return; fi
  # Whom it runs as may not see the checkout.
  cp "$PORTALS/bootstrap.php" "$DATA/run/"
  ours "$DATA/run" "$DATA/www" "$DATA/log"
  "${AS[@]}" php "$DATA/run/bootstrap.php" "$DATA/www" "http://127.0.0.1:$(cut -d ' ' -f 1 "$DATA/ports")" \
    "$SOCKETS/mysql.sock" "$DATA/run/made.json" >"$DATA/log/bootstrap.log" 2>&1 9>&- ||
    fail "see $DATA/log/bootstrap.log"
  mv "$DATA/run/made.json" "$DATA/made.json"
  chmod 600 "$DATA/made.json"
}

start_web() {
  local as_root=()
  ours "$DATA/www" "$DATA/run" "$DATA/log" "$DATA/nginx"
  if [ "$WHO" = root ]; then as_root=(-R); fi
  if ! alive "$DATA/run/fpm.pid" php-fpm; then
    "${AS[@]}" php-fpm8.2 "${as_root[@]}" -c "$DATA/run/php.ini" -y "$DATA/run/fpm.conf" \
      >"$DATA/log/fpm-start.log" 2>&1 </dev/null 9>&- || fail "see $DATA/log/fpm-start.log"
  fi
  "${AS[@]}" nginx -c "$DATA/run/nginx.conf" -e "$DATA/log/nginx-error.log" \
    >"$DATA/log/nginx-start.log" 2>&1 </dev/null 9>&- || fail "see $DATA/log/nginx-start.log"
  wait_for 30 curl -fsS -o /dev/null "http://127.0.0.1:$(cut -d ' ' -f 1 "$DATA/ports")/wp-json/" ||
    fail "WordPress does not answer; see $DATA/log"
}

if ! running; then
  trap 'stop_services "$DATA"' EXIT
  stop_services "$DATA"
  start_database
  copy_wordpress
  php "$PORTALS/ports.php" "$DATA/ports"
  write_configuration
  install_wordpress
  start_web
  trap - EXIT
fi
leave_name "${2:-}"
php "$PORTALS/describe.php" "$DATA" "$SOCKETS/mysql.sock"
