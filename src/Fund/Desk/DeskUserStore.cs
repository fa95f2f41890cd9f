using Microsoft.AspNetCore.Identity;

namespace Kepil.Fund.Desk;

/// <summary>Users as ASP.NET Core Identity asks for them: names, password hashes and stamps; every change stands in the journal.</summary>
public sealed class DeskUserStore(DeskStore desk, Visitor visitor) : IUserPasswordStore<DeskUser>, IUserSecurityStampStore<DeskUser>
{
    public Task<IdentityResult> CreateAsync(DeskUser user, CancellationToken cancellationToken)
    {
        desk.Add(visitor.Actor, user);
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> UpdateAsync(DeskUser user, CancellationToken cancellationToken)
    {
        desk.Change(visitor.Actor, "PasswordKept", user.Id, stored => (stored.PasswordHash, stored.PasswordOnce, stored.Stamp) = (user.PasswordHash, user.PasswordOnce, user.Stamp));
        return Task.FromResult(IdentityResult.Success);
    }

    /// <summary>Nobody is deleted, for the journal names him; an account is switched off.</summary>
    public Task<IdentityResult> DeleteAsync(DeskUser user, CancellationToken cancellationToken) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = "UserStays", Description = "An account is switched off, never deleted." }));

    public Task<DeskUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(long.TryParse(userId, System.Globalization.CultureInfo.InvariantCulture, out var id) ? desk.Find(id) : null);

    public Task<DeskUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(desk.FindByName(normalizedUserName));

    public Task<string> GetUserIdAsync(DeskUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(DeskUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignInName);

    public Task SetUserNameAsync(DeskUser user, string? userName, CancellationToken cancellationToken)
    {
        user.SignInName = userName ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(DeskUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalName);

    public Task SetNormalizedUserNameAsync(DeskUser user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalName = normalizedName ?? "";
        return Task.CompletedTask;
    }

    public Task SetPasswordHashAsync(DeskUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(DeskUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(DeskUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(DeskUser user, string stamp, CancellationToken cancellationToken)
    {
        user.Stamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(DeskUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stamp);

    public void Dispose()
    {
        // It holds nothing: each question opens its own connection.
    }
}
