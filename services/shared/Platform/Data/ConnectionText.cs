using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Platform.Data;

/// <summary>The connection string of a service, with what it leaves open.</summary>
internal static class ConnectionText
{
    private const int MaxPoolSize = 24;

    // Statements that a connection keeps prepared, once they have been used a few times: those of a service's hot paths.
    private const int MaxAutoPrepare = 32;

    public static string Of(IConfiguration configuration, string appId)
    {
        var text = configuration.GetConnectionString(appId) ?? (EF.IsDesignTime ? "Host=localhost" : null)
            ?? throw new InvalidOperationException($"Set ConnectionStrings__{appId} to the application role's connection string.");
        var connection = new NpgsqlConnectionStringBuilder(text) { ApplicationName = appId };
        if (!connection.ShouldSerialize("Maximum Pool Size"))
            connection.MaxPoolSize = MaxPoolSize;
        if (!connection.ShouldSerialize("Max Auto Prepare"))
            connection.MaxAutoPrepare = MaxAutoPrepare;
        return connection.ConnectionString;
    }
}
