using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Communications.Emails;

internal static class GetEmail
{
    public static async Task<Result<V1.Email>> Handle(V1.GetEmailRequest request, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Emails.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } email
            ? email.ToMessage()
            : Error.NotFound("e-mail", request.Id);
}
