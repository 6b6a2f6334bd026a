using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Automation.Processes;
using Platform.Data;
using Platform.Errors;
using Platform.Monetary;
using Platform.Tenancy;
using Platform.Validation;

namespace Platform.Automation.Signups;

internal static partial class CreateSignup
{
    private static readonly UniqueViolation RunningAlready = new(Signup.UniqueRunning,
        new Error(Google.Rpc.Code.Aborted, "SIGNUP_RUNNING", "A sign-up with this address is under way: wait for its mail, or until it ends."));

    public sealed partial class Validator : AbstractValidator<V1.CreateSignupRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Signup).NotNull().WithMessage("Send the sign-up.");
            When(request => request.Signup is not null, () =>
            {
                RuleFor(request => request.Signup.CompanyName).Must(IsText).WithMessage("A company needs a name.").Text(200);
                RuleFor(request => request.Signup.Slug).Matches(Slug()).WithMessage("Use 3 to 40 lower-case letters, digits and inner hyphens.");
                RuleFor(request => request.Signup.Country).Matches(Country()).WithMessage("Use an ISO 3166-1 code such as DE.");
                RuleFor(request => request.Signup.Currency).Must(Currencies.Exists).WithMessage("Use an ISO 4217 code such as EUR.");
                RuleFor(request => request.Signup.AdminName).Must(IsText).WithMessage("The administrator needs a name.").Text(200);
                RuleFor(request => request.Signup.AdminEmail).Must(Rules.IsEmail).WithMessage("Use an e-mail address such as name@company.example.");
                RuleForEach(request => request.Signup.Modules).Must(Modules.All.Contains).WithMessage("There is no such module.");
            });
        }

        private static bool IsText(string text) => !string.IsNullOrWhiteSpace(text);

        [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$")]
        private static partial Regex Slug();

        [GeneratedRegex("^[A-Z]{2}$")]
        private static partial Regex Country();
    }

    // A scope of its own: whoever calls, and with whatever token, acts here for the address that signs up.
    public static async Task<Result<V1.Signup>> Handle(V1.CreateSignupRequest request, SignupStarter starter, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var id = SignupId.Create(request.Signup.AdminEmail);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(id.Owner, "signup");
        var db = scope.ServiceProvider.GetRequiredService<AutomationDbContext>();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var signup = await db.Signups.SingleOrDefaultAsync(row => row.EndTime == null, cancellationToken);
        if (signup is null)
        {
            db.Signups.Add(signup = Signup.Create(id, request.Signup, now));
            db.Processes.Add(Process.Start(SignupInput.ProcessType, SignupInput.SubjectType, signup.Id, now));
            if (await db.TrySaveChangesAsync(cancellationToken, RunningAlready) is { } refused)
                return refused;
        }
        else if (signup.Slug != request.Signup.Slug)
        {
            return RunningAlready.Error;
        }

        // Again for a repeated call: the one before may have been cut off just before this line.
        await starter.StartAsync(new SignupId(signup.TenantId, signup.Id), cancellationToken);
        return signup.ToMessage(await db.Processes.SingleAsync(row => row.SubjectId == signup.Id && row.Type == SignupInput.ProcessType, cancellationToken));
    }
}
