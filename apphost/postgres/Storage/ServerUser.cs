using Platform.LocalPostgres.Processes;

namespace Platform.LocalPostgres.Storage;

internal static class ServerUser
{
    /// <summary>The user that runs the server: PostgreSQL refuses root, so root starts it as somebody else. Null is the current user.</summary>
    public static UnixUser? Choose()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return null;
        return UnixUser.FirstOf("postgres", "nobody") ?? throw new LocalPostgresException(
            "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor 'nobody' to run it. Add one (useradd --system postgres), or start as an ordinary user.");
    }
}
