using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Idempotency;

/// <summary>
/// Makes a write that carries <c>Idempotency-Key</c> happen once: the answer is stored in the transaction of the write itself.
/// The same key replays the answer; with another payload it is refused (422); while the first call runs, 409. Failed calls
/// store nothing and may be repeated.
/// </summary>
internal sealed class IdempotencyInterceptor(TimeProvider time) : Interceptor
{
    public const string Header = "idempotency-key";
    private const int MaxKeyLength = 255;

    private static Error KeyTooLong => Error.Invalid("Idempotency-Key", Say($"At most {MaxKeyLength} characters."));
    private static readonly Error Running = new(Google.Rpc.Code.Aborted, "IDEMPOTENCY_KEY_IN_USE", "A call with this Idempotency-Key is still running: wait for its answer.");

    private static readonly Error SecretReply =
        new(Google.Rpc.Code.InvalidArgument, "IDEMPOTENCY_KEY_NOT_TAKEN", "The answer of this call holds a secret, which is not kept to be replayed: leave the Idempotency-Key out.");

    private static readonly Error Reused =
        new(Google.Rpc.Code.InvalidArgument, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used for another request: take a new key.") { HttpStatus = 422 };

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var http = context.GetHttpContext();
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || IsRead(context.Method) || http.RequestServices.GetService<UnitOfWork>()?.Context is not { } database)
            return await continuation(request, context);
        // Keys are a tenant's; who has none is refused by the call itself.
        if (database.Caller.TenantId is null)
            return await continuation(request, context);
        if (http.GetEndpoint()?.Metadata.GetMetadata<SecretReplyAttribute>() is not null)
            throw SecretReply.ToRpcException();
        if (key.Length > MaxKeyLength)
            throw KeyTooLong.ToRpcException();
        var attempt = new Attempt(key, context.Method, SHA256.HashData(((IMessage)request).ToByteArray()));
        return await RunOnceAsync(database, attempt, () => continuation(request, context), context.CancellationToken);
    }

    private async Task<TResponse> RunOnceAsync<TResponse>(PlatformDbContext database, Attempt attempt, Func<Task<TResponse>> run, CancellationToken cancellationToken)
        where TResponse : class
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (!await LockAsync(database, attempt.Key, cancellationToken))
            throw Running.ToRpcException();
        var now = time.GetUtcNow();
        var stored = await database.IdempotencyRecords.AsNoTracking().SingleOrDefaultAsync(
            record => record.Subject == database.Caller.Subject && record.Key == attempt.Key && record.ExpireTime > now, cancellationToken);
        if (stored is not null)
            return attempt.Matches(stored) ? Parse<TResponse>(stored.Response) : throw Reused.ToRpcException();
        var response = await run();
        await StoreAsync(database, attempt, (IMessage)response, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return response;
    }

    private static async Task<bool> LockAsync(PlatformDbContext database, string key, CancellationToken cancellationToken)
    {
        var name = $"{database.Caller.RequiredTenantId}:{database.Caller.Subject}:{key}";
        return (await database.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({name}, 0)) AS \"Value\"").ToListAsync(cancellationToken)).Single();
    }

    private Task<int> StoreAsync(PlatformDbContext database, Attempt attempt, IMessage response, CancellationToken cancellationToken)
    {
        var caller = database.Caller;
        var expireTime = time.GetUtcNow() + IdempotencyRecord.Lifetime;
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO idempotency_records (tenant_id, subject, key, method, request_hash, response, expire_time)
            VALUES ({caller.RequiredTenantId}, {caller.Subject}, {attempt.Key}, {attempt.Method}, {attempt.RequestHash}, {response.ToByteArray()}, {expireTime})
            ON CONFLICT (tenant_id, subject, key) DO UPDATE SET
                method = excluded.method, request_hash = excluded.request_hash, response = excluded.response, expire_time = excluded.expire_time
            """,
            cancellationToken);
    }

    // The verbs of calls that change nothing: there is no answer worth keeping.
    private static readonly string[] ReadingVerbs = ["Get", "List", "Search", "Read", "Explain", "Export", "Verify", "Compare"];

    private static bool IsRead(string method)
    {
        var name = method[(method.LastIndexOf('/') + 1)..];
        return ReadingVerbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal));
    }

    private static TResponse Parse<TResponse>(byte[] bytes)
        where TResponse : class => (TResponse)((IMessage)Activator.CreateInstance<TResponse>()!).Descriptor.Parser.ParseFrom(bytes);

    private sealed record Attempt(string Key, string Method, byte[] RequestHash)
    {
        public bool Matches(IdempotencyRecord stored) => stored.Method == Method && stored.RequestHash.AsSpan().SequenceEqual(RequestHash);
    }
}
