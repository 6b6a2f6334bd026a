using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Platform.Data;

/// <summary>
/// Lets a connection forget its prepared statements after the server refused a command. Npgsql 10 takes a statement for prepared, but
/// does not know its columns, when a value is refused in the very use that prepares it (a NUL in a text, say); the next use, by
/// whomever, would then fail with "Received unexpected backend message" and lose the connection.
/// </summary>
internal sealed class PreparedStatements : DbCommandInterceptor, IDbConnectionInterceptor, ISaveChangesInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Note(eventData.Context, eventData.Exception);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(eventData.Context, eventData.Exception);
        return Task.CompletedTask;
    }

    // Of a command with several statements, all but the first are refused while its answer is read.
    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(eventData.Context, eventData.Exception);
        return Task.CompletedTask;
    }

    public InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Forget(connection, eventData.Context);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Forget(connection, eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static void Note(DbContext? context, Exception exception)
    {
        if (context is PlatformDbContext db && exception is PostgresException or { InnerException: PostgresException })
            db.WasRefused = true;
    }

    private static void Forget(DbConnection connection, DbContext? context)
    {
        if (context is not PlatformDbContext { WasRefused: true } db)
            return;
        db.WasRefused = false;
        Forget((NpgsqlConnection)connection);
    }

    /// <summary>Lets a connection forget them, which no transaction is open on. One short round trip; Npgsql has no asynchronous form of it.</summary>
    public static void Forget(NpgsqlConnection connection)
    {
        try
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
                connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            // The connection is gone, or still in the transaction that failed; the pool drops it, or resets it.
        }
    }
}
