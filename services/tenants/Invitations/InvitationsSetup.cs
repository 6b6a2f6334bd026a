using FluentValidation;

namespace Platform.Tenants.Invitations;

internal static class InvitationsSetup
{
    public static WebApplicationBuilder AddInvitations(this WebApplicationBuilder builder)
    {
        builder.Services
            .Configure<InvitationOptions>(builder.Configuration.GetSection("Invitations"))
            .AddSingleton<IdentityInvites>()
            .AddSingleton<InvitationDoor>()
            .AddSingleton<IValidator<V1.CreateInvitationRequest>, CreateInvitation.Validator>()
            .AddSingleton<IValidator<V1.ResendInvitationRequest>, ResendInvitation.Validator>()
            .AddSingleton<IValidator<V1.DeleteInvitationRequest>, DeleteInvitation.Validator>();
        return builder;
    }
}
