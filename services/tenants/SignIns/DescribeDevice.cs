using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Devices;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Validation;

namespace Platform.Tenants.SignIns;

internal static class DescribeDevice
{
    public sealed class Validator : AbstractValidator<V1.DescribeDeviceRequest>
    {
        public Validator()
        {
            RuleFor(request => request.UserAgent).Text(1000);
            RuleFor(request => request.DeviceKey).Text(100);
        }
    }

    /// <summary>The session is the token's own, so that nobody speaks for the browser of another.</summary>
    public static async Task<Result<Empty>> Handle(V1.DescribeDeviceRequest request, string? sessionId, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = db.Caller;
        if (caller is not { Kind: CallerKind.Person, TenantId: { } tenant } || !Guid.TryParse(caller.Subject, out var user) || sessionId is not { Length: > 0 and <= 200 })
            return new Empty();
        await db.InTransactionAsync(
            () => db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO browser_notes (tenant_id, session_id, user_id, device, hash, create_time)
                VALUES ({tenant}, {sessionId}, {user}, {UserAgent.Of(request.UserAgent).InWords}, {DeviceKeys.OfCookie(request.DeviceKey)}, {time.GetUtcNow()})
                ON CONFLICT (tenant_id, session_id) DO NOTHING
                """,
                cancellationToken),
            cancellationToken);
        return new Empty();
    }
}
