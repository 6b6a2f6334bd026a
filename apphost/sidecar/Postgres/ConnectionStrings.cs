using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Postgres;

/// <summary>Reads the forms in which people write a PostgreSQL connection: libpq keywords, an URL, Npgsql's own.</summary>
internal static partial class ConnectionStrings
{
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var builder = text.Contains("://", StringComparison.Ordinal) ? FromUrl(text) : TryNpgsql(text) ?? FromKeywords(text);
            return builder.Host is { Length: > 0 } ? builder : throw new StartupException("the connection string names no host");
        }
        catch (Exception error) when (error is ArgumentException or FormatException or UriFormatException)
        {
            // The text itself may hold a password and stays out of the message.
            throw new StartupException("the connection string is neither libpq keywords (host=… user=…), a postgres:// URL nor Npgsql's form", error);
        }
    }

    // Npgsql reads "host=a user=b" as one host named "a user=b": what has no semicolon is libpq's.
    private static NpgsqlConnectionStringBuilder? TryNpgsql(string text)
    {
        if (!text.Contains(';', StringComparison.Ordinal))
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(string text)
    {
        var uri = new Uri(text);
        if (uri.Scheme is not ("postgres" or "postgresql"))
            throw new FormatException();
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host };
        if (uri.Port > 0)
            builder.Port = uri.Port;
        if (uri.AbsolutePath.Length > 1)
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
            Set(builder, pair[0], Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""));
        return builder;
    }

    private static NpgsqlConnectionStringBuilder FromKeywords(string text)
    {
        if (!Keywords().IsMatch(text))
            throw new FormatException();
        var builder = new NpgsqlConnectionStringBuilder();
        foreach (Match pair in Keyword().Matches(text))
        {
            var quoted = pair.Groups["quoted"];
            Set(builder, pair.Groups["name"].Value, Escaped().Replace(quoted.Success ? quoted.Value : pair.Groups["plain"].Value, "$1"));
        }

        return builder;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        switch (name.ToLowerInvariant())
        {
            case "host" or "hostaddr": builder.Host = value; break;
            case "port": builder.Port = int.Parse(value, CultureInfo.InvariantCulture); break;
            case "user": builder.Username = value; break;
            case "password": builder.Password = value; break;
            case "database" or "dbname": builder.Database = value; break;
            case "connect_timeout": builder.Timeout = int.Parse(value, CultureInfo.InvariantCulture); break;
            case "application_name": builder.ApplicationName = value; break;
            case "sslmode": builder.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true); break;
            case "sslrootcert": builder.RootCertificate = value; break;
            case "options": builder.Options = value; break;
            case "pool_max_conns": builder.MaxPoolSize = int.Parse(value, CultureInfo.InvariantCulture); break;
            default: break;
        }
    }

    [GeneratedRegex(@"^\s*(\w+\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s\\']|\\.)*)\s*)+$")]
    private static partial Regex Keywords();

    [GeneratedRegex(@"(?<name>\w+)\s*=\s*('(?<quoted>(?:[^'\\]|\\.)*)'|(?<plain>(?:[^\s\\']|\\.)*))")]
    private static partial Regex Keyword();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
