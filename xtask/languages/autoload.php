<?php
// Loads guzzle and the PHP client in the working directory.
require_once 'GuzzleHttp/autoload.php';
spl_autoload_register(function (string $class): void {
    $prefix = 'OpenAPI\\Client\\';
    if (str_starts_with($class, $prefix)) {
        require_once 'lib/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    }
});
