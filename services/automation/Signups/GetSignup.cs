using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Automation.Signups;

internal static class GetSignup
{
    public static async Task<Result<V1.Signup>> Handle(V1.GetSignupRequest request, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        if (!SignupId.TryParse(request.Id, out var id))
            return Error.NotFound("sign-up", request.Id);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(id.Owner, "signup");
        var db = scope.ServiceProvider.GetRequiredService<AutomationDbContext>();
        // The process first: both end in one transaction, so a sign-up that is read after it is not older.
        return await db.Processes.AsNoTracking().SingleOrDefaultAsync(row => row.SubjectId == id.Id && row.Type == SignupInput.ProcessType, cancellationToken) is { } process
            && await db.Signups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id.Id, cancellationToken) is { } signup
            ? signup.ToMessage(process)
            : Error.NotFound("sign-up", request.Id);
    }
}
