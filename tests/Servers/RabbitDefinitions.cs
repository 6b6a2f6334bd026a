using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.TestServers;

/// <summary>What a RabbitMQ server has from its start: one user, and virtual hosts that keep those who share the server apart.</summary>
internal static class RabbitDefinitions
{
    public const string User = "guest";

    public const string Password = "guest";

    /// <summary>How many virtual hosts there are beside the default one, named <c>1</c>, <c>2</c>, …</summary>
    public const int VirtualHosts = 8;

    /// <summary>The file of definitions that the server loads, beginning with its version 3.8.</summary>
    public static string ToJson()
    {
        var names = Enumerable.Range(1, VirtualHosts).Select(number => $"{number}").Prepend("/").ToList();
        return JsonSerializer.Serialize(new
        {
            users = new[] { new { name = User, password_hash = Hash(Password), hashing_algorithm = "rabbit_password_hashing_sha256", tags = "administrator" } },
            vhosts = names.Select(name => new { name }),
            permissions = names.Select(name => new { user = User, vhost = name, configure = ".*", write = ".*", read = ".*" }),
        });
    }

    // RabbitMQ's own form: salt and SHA-256 of salt and password (rabbitmq.com/docs/passwords).
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
