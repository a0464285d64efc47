# Mail::DKIM's verdicts: CASE TAB MESSAGEFILE TAB KEYFILE -> CASE TAB one word for each signature, top one first.
use strict;
use warnings;
use Mail::DKIM::Verifier;
use Net::DNS;

$| = 1;
my %keys;
my @signatures;    # what became of each field; those it can't read are missing from its own list

{
    package Keys;
    sub new { return bless {}, shift }
    sub errorstring { return $_[0]->{error} }

    sub send {
        my ($self, $name, $type) = @_;
        my $value = $keys{ lc $name } // 'NXDOMAIN';
        my $answer = Net::DNS::Packet->new($name, $type);
        $answer->header->rcode($value =~ /^(?:NXDOMAIN|SERVFAIL)$/ ? $value : 'NOERROR');
        $self->{error} = $answer->header->rcode;
        if ($self->{error} eq 'NOERROR') {
            my @strings = unpack '(a255)*', $value;
            $answer->push(answer => Net::DNS::RR->new(name => $name, type => 'TXT', txtdata => \@strings));
        }
        return $answer;
    }
}

# A field is parsed again and again, but first when it is read.
my $is_new;
my ($handle, $parse) = (\&Mail::DKIM::Verifier::handle_header, \&Mail::DKIM::Signature::parse);
{
    no warnings 'redefine';
    *Mail::DKIM::Verifier::handle_header = sub {
        $is_new = lc $_[1] eq 'dkim-signature';
        return $handle->(@_);
    };
    *Mail::DKIM::Signature::parse = sub {
        my $signature = eval { $parse->(@_) };
        push @signatures, $signature if $is_new;
        $is_new = 0;
        return $signature // die $@;
    };
}

sub word {
    my ($signature) = @_;
    return 'fail:unreadable' unless $signature;
    my $result = $signature->result // 'none';
    return 'pass' if $result eq 'pass';
    my $why = ($signature->result_detail // '') =~ /\((.*)\)/s ? $1 : '';
    return 'temperror' if $result eq 'temperror' || $why =~ /DNS (?:error|query timeout)/;
    $why =~ s/OpenSSL.*/OpenSSL error/;
    $why =~ s/[^\w=.:-]+/_/g;
    return "$result:$why";
}

sub verdict {
    my ($path) = @_;
    @signatures = ();
    open my $file, '<:raw', $path or die "$path: $!\n";
    local $/;
    my $octets = <$file>;
    return 'crash' unless eval {
        my $verifier = Mail::DKIM::Verifier->new;
        $verifier->PRINT($octets);
        $verifier->CLOSE;
        1;
    };
    return join(' ', map { word($_) } @signatures) || 'none';
}

Mail::DKIM::DNS::resolver(Keys->new);
while (my $line = <STDIN>) {
    chomp $line;
    my ($case, $path, $key_file) = split /\t/, $line;
    open my $file, '<:raw', $key_file or die "$key_file: $!\n";
    %keys = map { chomp; my ($name, $value) = split /\t/, $_, 2; (lc $name, $value) } <$file>;
    print "$case\t", verdict($path), "\n";
}
