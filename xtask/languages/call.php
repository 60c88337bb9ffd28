<?php
// Calls one operation of the PHP client that openapi-generator has written. Reads the call as JSON
// from stdin, and writes what the client gives back.
$call = json_decode(stream_get_contents(STDIN), true);
$config = OpenAPI\Client\Configuration::getDefaultConfiguration()
    ->setHost($call['base_url'])
    ->setApiKey('X-ChatWorkToken', $call['token']);
$class = 'OpenAPI\\Client\\Api\\' . str_replace('_', '', ucwords($call['tag'], '_')) . 'Api';
$api = new $class(new GuzzleHttp\Client(), $config);
$arguments = $call['arguments'];
if ($call['file']) {
    $arguments[$call['file']['field']] = new SplFileObject($call['file']['path']);
}
try {
    $value = $api->{$call['id']}(...$arguments);
    $value = OpenAPI\Client\ObjectSerializer::sanitizeForSerialization($value);
    echo json_encode(['value' => $value]);
} catch (OpenAPI\Client\ApiException $error) {
    echo json_encode(['raised' => '`ApiException`', 'text' => $error->getMessage()]);
}
