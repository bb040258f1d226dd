#pragma once

#include "engine/instance/request.h"

#include <QString>
#include <QUrl>

#include <chrono>
#include <utility>
#include <vector>

namespace stormglass {

// Where the three services of an instance are. With StackStorm's proxy, and with ours, they share
// an origin.
struct RemoteUrls
{
    // With the version: `https://host/api/v1`, `http://host:9101/v1`.
    QUrl api;
    QUrl auth;
    QUrl stream;

    // From what a person types: `https://host`, `host:9101`, `https://host/api`,
    // `https://host/api/v1/`.
    static RemoteUrls at(const QString &typed);

    // Of a published path such as `/api/v1/rules/core.local`.
    QUrl urlOf(const QString &path, const std::vector<std::pair<QString, QString>> &query) const;

    friend bool operator==(const RemoteUrls &, const RemoteUrls &) = default;
};

struct RemoteOptions
{
    RemoteUrls urls;
    // For requests that bring none of their own.
    Credential credential = {};
    // PEM file of an authority to trust besides the system's.
    QString authorityFile = {};
    // SHA-256 of a certificate to accept whatever else is wrong with it, as hexadecimal digits.
    QString acceptedCertificate = {};

    // Without any progress.
    std::chrono::milliseconds timeout = std::chrono::seconds(30);
    // StackStorm gives a sign of life every 25 seconds.
    std::chrono::milliseconds streamTimeout = std::chrono::seconds(65);
    std::chrono::milliseconds firstRetry = std::chrono::milliseconds(500);
    std::chrono::milliseconds longestRetry = std::chrono::seconds(30);
    qint64 answerBytes = 64 * 1024 * 1024;
    qint64 eventBytes = 16 * 1024 * 1024;
};

} // namespace stormglass
